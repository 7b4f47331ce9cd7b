"""Values: cases, fields, problems. What everything else is said in; may use the standard library only."""
