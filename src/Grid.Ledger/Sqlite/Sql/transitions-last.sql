SELECT coalesce(max(last), 0) FROM transitions
