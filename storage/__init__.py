"""What is kept: PostgreSQL behind the ports of the ontology, and the server that holds it."""
