"""Places and how their names are found: communes, distances, outlines."""
