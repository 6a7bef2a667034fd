"""What leaves the register as a file: lists as CSV, XLSX and JSON, one denial as a dossier."""

from denials.exports.files import FORMATS, TYPES, Sheet, as_file

__all__ = ["FORMATS", "TYPES", "Sheet", "as_file"]
