"""What a desktop wants to know of the program: menu entry, icons, manual page, shell completion."""
