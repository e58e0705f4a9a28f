"""Documents as others read them: e-invoices (UBL) and paper (PDF), and how they are sent."""
