"""Pure comparisons of names, addresses, identifiers, codes, descriptions, parameters and quantities, with reasons."""
