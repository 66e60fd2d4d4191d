"""The web application: the dataset for reading, with every figure led back to its words."""
