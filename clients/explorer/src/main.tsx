import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { exampleTabs } from './example-tabs.ts';
import { createMemoryStorage } from './memory-storage.ts';

const container = document.getElementById('explorer');
if (!container) throw new Error('The page has no element "explorer"');

createRoot(container).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: new URL('/graphql', window.location.href).href })}
    defaultTabs={exampleTabs}
    storage={createMemoryStorage()}
    defaultEditorToolsVisibility="variables"
    isHeadersEditorEnabled={false}
  />,
);
