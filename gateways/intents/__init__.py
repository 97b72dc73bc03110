"""What is wanted of the assistant, told from how it is put: a softmax over sentence vectors."""
