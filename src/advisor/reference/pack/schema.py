"""The tables of a pack's database, written once and only read afterwards.

Codes are INSEE codes as text, dates ISO text, lists JSON text.
"""

FORMAT = 1

TABLES = """
CREATE TABLE commune (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, departement TEXT NOT NULL, region TEXT NOT NULL,
    kind TEXT NOT NULL, postcodes TEXT NOT NULL, population INTEGER, population_year INTEGER,
    population_source TEXT NOT NULL, longitude REAL, latitude REAL, epci_siren TEXT NOT NULL,
    parent TEXT, started TEXT, ended TEXT, former_names TEXT NOT NULL, former_codes TEXT NOT NULL,
    density_class TEXT NOT NULL, source TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former_code (code TEXT, commune TEXT, PRIMARY KEY (code, commune)) WITHOUT ROWID;
CREATE TABLE epci (
    siren TEXT PRIMARY KEY, name TEXT NOT NULL, departement TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE territory (
    kind TEXT, id TEXT, name TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE territory_member (
    commune TEXT, kind TEXT, id TEXT, PRIMARY KEY (commune, kind, id)) WITHOUT ROWID;
CREATE TABLE zoning (position INTEGER PRIMARY KEY, id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE zone_line (
    zoning INTEGER, position INTEGER, body TEXT NOT NULL,
    PRIMARY KEY (zoning, position)) WITHOUT ROWID;
CREATE TABLE zone_member (
    commune TEXT, zoning INTEGER, position INTEGER,
    PRIMARY KEY (commune, zoning, position)) WITHOUT ROWID;
CREATE TABLE commune_class (
    commune TEXT, zoning INTEGER, class TEXT NOT NULL, partial INTEGER NOT NULL,
    part TEXT NOT NULL, PRIMARY KEY (commune, zoning, class)) WITHOUT ROWID;
CREATE TABLE document (
    kind TEXT, position INTEGER, id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (kind, position)) WITHOUT ROWID;
CREATE TABLE structure (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, commune TEXT NOT NULL,
    departement TEXT NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE indicator (
    position INTEGER PRIMARY KEY, territory_kind TEXT NOT NULL, territory TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE contour (
    kind TEXT, code TEXT, frame TEXT NOT NULL, min_x INTEGER NOT NULL, min_y INTEGER NOT NULL,
    max_x INTEGER NOT NULL, max_y INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, code));
CREATE TABLE side_blob (name TEXT PRIMARY KEY, body BLOB NOT NULL);
"""

INDEXES = """
CREATE INDEX commune_by_departement ON commune (departement, name);
CREATE INDEX commune_by_epci ON commune (epci_siren) WHERE epci_siren <> '';
CREATE INDEX commune_by_parent ON commune (parent) WHERE parent IS NOT NULL;
CREATE INDEX structure_by_commune ON structure (commune);
CREATE INDEX structure_by_departement ON structure (departement);
CREATE INDEX indicator_by_territory ON indicator (territory_kind, territory);
"""
