import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { createRoot } from 'react-dom/client';
import { Explorer } from './explorer.tsx';
import { createLogin } from './login.ts';

const container = document.getElementById('explorer');
if (!container) throw new Error('The page has no element "explorer"');
const root = createRoot(container);

createLogin().then(
  (login) => root.render(<Explorer login={login} />),
  (error: unknown) => root.render(<p role="alert">{String(error)}</p>),
);
