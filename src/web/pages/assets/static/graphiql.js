/**
 * Loaded before GraphiQL, as a classic script. GraphiQL keeps what is typed: the query in the address
 * bar, query, variables and history in local storage. A password in either outlives the page, and a
 * reload sends the address to the server. Everything is kept except the values of what is named like
 * a secret; headers are not kept at all (`shouldPersistHeaders`).
 */
{
  const secret = /password|secret|token|credential|^code$/i;
  const literal =
    /\b(\w*(?:password|secret|token|credential)\w*|code)(\s*:\s*)("""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"?)/gi;

  const safeQuery = (query) => query.replace(literal, '$1$2""');

  /** Empty while the text is not JSON: half a password is one too. */
  const safeVariables = (text) => {
    const keep = (key, value) => (secret.test(key) && typeof value === 'string' ? '' : value);
    try {
      return JSON.stringify(JSON.parse(text, keep), null, 2);
    } catch {
      return '';
    }
  };

  const safeEntry = ({ query, variables, ...rest }) => ({
    ...rest,
    query: query && safeQuery(query),
    variables: variables && safeVariables(variables),
  });

  const safeLists = (lists) =>
    Object.fromEntries(
      Object.entries(lists).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(safeEntry) : value,
      ]),
    );

  const safeValue = (key, value) => {
    if (key === 'graphiql:query') return safeQuery(value);
    if (key === 'graphiql:variables') return safeVariables(value);
    // Tabs, history and favorites are objects with lists of queries and their variables.
    return /^[{[]/.test(value) ? JSON.stringify(safeLists(JSON.parse(value))) : value;
  };

  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    setItem.call(this, key, key.startsWith('graphiql:') ? safeValue(key, String(value)) : value);
  };

  const { replaceState } = history;
  history.replaceState = (state, unused, address) => {
    const url = new URL(address, location.href);
    const query = url.searchParams.get('query');
    if (query) url.searchParams.set('query', safeQuery(query));
    replaceState.call(history, state, unused, url);
  };

  // GraphiQL has no option for variables that a first visit shows and a later one does not.
  const { variables } = document.currentScript.dataset;
  if (localStorage.getItem('graphiql:tabState') === null)
    localStorage.setItem('graphiql:variables', variables);
}
