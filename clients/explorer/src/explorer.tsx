import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { useEffect, useState } from 'react';
import { exampleTabs } from './example-tabs.ts';
import type { Login, Session } from './login.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { authorizationOf, readGraph } from './read-graph.ts';

const graphUrl = new URL('/graphql', window.location.href).href;
const storage = createMemoryStorage();
const noExample = {
  query: '# None of the examples is for this purpose. The schema is on the left.\n',
};

/** The page: a login first, since nobody sees anything of the graph without one. */
export function Explorer({ login }: { readonly login: Login }) {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<string>();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    login
      .finish()
      .then(setSession, (error: unknown) => setProblem(String(error)))
      .finally(() => setReady(true));
  }, [login]);
  if (!isReady) return <p className="notice">…</p>;
  if (!session) return <Welcome problem={problem} onLogin={() => void login.start()} />;
  if (session.purposeId === null) return <NothingToRead session={session} />;
  return <Graph session={session} />;
}

/** Who is logged in, on top of every page. */
function Bar({ session }: { readonly session: Session }) {
  const { name, roles, purposeId } = session;
  return (
    <header className="caller">
      <span>
        <strong>{name}</strong> as {roles.join(', ')}
        {purposeId === null ? null : (
          <>
            {' '}
            for the purpose <code>{purposeId}</code>
          </>
        )}
      </span>
      {session.accessToken === null ? null : (
        <button type="button" onClick={() => void session.logOut()}>
          Log out
        </button>
      )}
    </header>
  );
}

function NothingToRead({ session }: { readonly session: Session }) {
  return (
    <>
      <Bar session={session} />
      <main className="notice">
        <h1>This account reads nothing of the graph</h1>
        <p>
          Every question is asked for a purpose, and none is registered for this account. Its work
          is in the registry; the evidence is read with <code>tavolo audit</code>.
        </p>
      </main>
    </>
  );
}

function Welcome(props: { readonly problem: string | undefined; readonly onLogin: () => void }) {
  return (
    <main className="notice">
      <h1>Tavolo explorer</h1>
      <p>
        Every question has somebody who asks it, and a purpose. Log in to see your part of the
        graph.
      </p>
      {props.problem === undefined ? null : <p role="alert">{props.problem}</p>}
      <button type="button" onClick={props.onLogin}>
        Log in
      </button>
    </main>
  );
}

function Graph({ session }: { readonly session: Session }) {
  const [graph, setGraph] = useState<GraphQLSchema | string>();
  useEffect(() => {
    readGraph(graphUrl, session.accessToken).then(setGraph, (error: unknown) =>
      setGraph(String(error)),
    );
  }, [session]);
  const bar = <Bar session={session} />;
  if (graph === undefined) return bar;
  if (typeof graph === 'string') {
    return (
      <>
        {bar}
        <main className="notice">
          <h1>No answer for this purpose</h1>
          <p role="alert">{graph}</p>
        </main>
      </>
    );
  }
  const tabs = exampleTabs.filter(({ query }) => validate(graph, parse(query)).length === 0);
  return (
    <>
      {bar}
      <div className="graphiql">
        <GraphiQL
          fetcher={createGraphiQLFetcher({
            url: graphUrl,
            headers: authorizationOf(session.accessToken),
          })}
          schema={graph}
          defaultTabs={tabs.length > 0 ? tabs : [noExample]}
          storage={storage}
          defaultEditorToolsVisibility="variables"
          isHeadersEditorEnabled={false}
        />
      </div>
    </>
  );
}
