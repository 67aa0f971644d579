-- Runs once, when the data volume is empty. The API gets a role of its own: it owns its database and nothing else.
\set orders_password `cat /run/secrets/orders_db_password`
CREATE ROLE orders LOGIN PASSWORD :'orders_password' NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 40;
ALTER DATABASE orders OWNER TO orders;
REVOKE ALL ON DATABASE orders FROM PUBLIC;
