"""What comes in over HTTP, without HTTP: whom it is for, and the order it is worked on in."""
