"""assist: graduate-employment assistance and student aid from the command line."""
