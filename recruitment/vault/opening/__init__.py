"""Opening, one module per compartment: staff site and worker only, each opening recorded first."""
