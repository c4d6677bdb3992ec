/* global document, React, ReactDOM, GraphiQL */
// Runs in the browser: GraphiQL with one tab a story. A story's variables are written behind its query as "# variables {...}".
fetch('/explorer/stories.json')
  .then((answer) => answer.json())
  .then((stories) => {
    const tabs = stories.map(({ title, query }) => {
      const at = query.indexOf('# variables ');
      return {
        query: `# ${title}\n${at < 0 ? query : query.slice(0, at).trim()}\n`,
        variables: at < 0 ? undefined : query.slice(at + '# variables '.length),
        headers: undefined,
      };
    });
    const explorer = React.createElement(GraphiQL, {
      fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
      defaultTabs: tabs,
      defaultEditorToolsVisibility: 'variables',
      shouldPersistHeaders: false,
    });
    ReactDOM.createRoot(document.getElementById('explorer')).render(explorer);
  });
