const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text of a URL can be an id at all; PostgreSQL would fail on anything else. */
export const isId = (text: string): boolean => uuid.test(text);
