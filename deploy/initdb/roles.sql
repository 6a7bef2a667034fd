-- The three roles of the database "exchange". Run once as superuser, connected to it; passwords are set apart.
-- The owner migrates and loads reference data. Web and worker own nothing and pass no row-level security by.

CREATE ROLE exchange_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE exchange_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE exchange_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

ALTER DATABASE exchange OWNER TO exchange_owner;
ALTER DATABASE exchange SET timezone TO 'UTC';
REVOKE ALL ON DATABASE exchange FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE exchange TO exchange_web, exchange_worker;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO exchange_web, exchange_worker;

ALTER DEFAULT PRIVILEGES FOR ROLE exchange_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO exchange_web, exchange_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE exchange_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO exchange_web, exchange_worker;

ALTER ROLE exchange_owner SET lock_timeout TO '2s';
ALTER ROLE exchange_web SET statement_timeout TO '60s';
ALTER ROLE exchange_web SET idle_in_transaction_session_timeout TO '120s';
ALTER ROLE exchange_worker SET statement_timeout TO '200s';
ALTER ROLE exchange_worker SET idle_in_transaction_session_timeout TO '240s';

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
