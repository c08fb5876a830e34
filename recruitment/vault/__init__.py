"""What is withheld: the only code that imports `cryptography`."""
