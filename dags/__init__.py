"""What runs when. No parsing, no SQL, no HTTP: tasks import the stages and call them."""
