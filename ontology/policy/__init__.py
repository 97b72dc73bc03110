"""When, how and how insistently a person is told: their preferences, and what follows."""
