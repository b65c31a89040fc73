SELECT pg_try_advisory_xact_lock(hashtext('grid server'), hashtext(current_schema()))
