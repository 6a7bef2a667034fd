"""What leaves the register as a file: lists as CSV, XLSX and JSON, one denial as a dossier."""
