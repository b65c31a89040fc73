SELECT number FROM schema_version
