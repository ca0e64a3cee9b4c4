/** A UUID as PostgreSQL writes it, for patterns that hold one: what only looks like it would be an error of the database. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
