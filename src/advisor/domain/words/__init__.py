"""French typography and wording shared by screens and pages."""
