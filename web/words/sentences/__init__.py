"""What Plats says when it says no, in Swedish and in English: what is the case, the rule, and what can be done."""
