"""How fast the product is: figures beside a reference measured in the same run, so that the machine cancels out."""
