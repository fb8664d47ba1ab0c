"""What goes into Word forms and comes out of them: between cases and the leaf ``forms``."""
