"""What banks send: account statements and notifications as XML (camt.053, camt.054) or as columns of text."""
