"""What Plats promises, told as stories."""
