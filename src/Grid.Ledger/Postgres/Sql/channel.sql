SELECT 'grid_log_' || oid FROM pg_namespace WHERE nspname = current_schema()
