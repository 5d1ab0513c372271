"""What is true on paper, without a computer: pure, frozen, no input or output."""
