"""What the Telegram agent does: it hears, answers, delivers and takes back."""
