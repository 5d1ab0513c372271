"""Territories: chosen communes, indicators compared, scenario at ten years, the work around."""
