SELECT pg_try_advisory_xact_lock_shared(hashtext('grid server'), hashtext(current_schema()))
