"""How the year's tables are made of single figures; plain Python."""
