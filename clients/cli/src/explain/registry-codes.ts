import type { CodeRows } from './explained-code.ts';

/** What the registry refuses with; a test holds them against its own list. */
export const registryCodes: CodeRows = {
  UNAUTHENTICATED: [
    'Nobody known is asking.',
    'There is no token, it has expired, it is for another part of the hub, or its client is not registered.',
    'tavolo login --resource registry. A token for the graph does not open the registry.',
  ],
  FORBIDDEN: [
    'Who asks is known and may not do this.',
    'It takes another role, or the same role in the organisation whose entry it is: partner-it of the owner publishes a schema, privacy officers decide purposes and waivers, hub-operator registers organisations. An organisation that the hub suspended may only read and stop.',
    'Log in as somebody who may (the answer names the role), or ask them.',
  ],
  NOT_FOUND: [
    'There is no such entry, or it is not yours to see; both are answered alike.',
    'The id is misspelt, or belongs to another organisation.',
    'Look at the list: tavolo subgraph list, tavolo purpose list, tavolo partner list.',
  ],
  NO_SUCH_VERSION: [
    'The subgraph has no such version, or one that was never served.',
    'A rollback goes back to what the graph had once; a draft was never there.',
    'tavolo subgraph show NAME lists the versions; publish a draft instead of rolling back to it.',
  ],
  NOTHING_PUBLISHED: [
    'There is no graph, or no version of that subgraph in it, to show or to go by.',
    'Nothing was published yet, or everything was archived.',
    'Publish a schema first: tavolo subgraph publish.',
  ],
  STATE_CONFLICT: [
    'The entry is not in a state that allows this.',
    'It was already decided, archived or suspended; or another version of it waits now.',
    'Read it again (tavolo purpose show, tavolo subgraph show) and do what its state allows.',
  ],
  IN_USE: [
    'The name or value is taken.',
    'A subgraph belongs to one partner, a client to one organisation.',
    'Choose another, or have it freed where it is used.',
  ],
  OWNERS_CHANGED: [
    'The fields of the purpose have other owners than when it was submitted.',
    'A new schema gave a field to another institution, so that somebody else has to approve.',
    'Submit it again: tavolo purpose add-fields ID with the fields it has; then the owners approve.',
  ],
  NOT_DEPRECATED: [
    'A subgraph that is in use is not archived out of the blue.',
    'Whoever asks for its fields must have time to leave.',
    'tavolo subgraph deprecate NAME --until DATE --reason TEXT first; archive it when that day has come.',
  ],
  GRACE_NOT_OVER: [
    'The subgraph is deprecated, and its time is not over.',
    'It was promised until the day that tavolo subgraph show NAME says.',
    'Wait until then, or ask the hub operator.',
  ],
  LAST_SUBGRAPH: [
    'It is the only subgraph, and a graph needs one.',
    'Archiving it would leave nothing to ask.',
    'Publish another one first.',
  ],
  GRAPH_CHANGED: [
    'Somebody else published while this was being checked; nothing was changed.',
    'What was checked is checked against the graph in force, and that is another one now.',
    'Do it again.',
  ],
  LIMIT_REACHED: [
    'There are as many entries as the registry keeps.',
    'Every list is bounded, so that nobody can fill the registry.',
    'Archive what is over, or ask the hub operator.',
  ],
  VERSION_CONFLICT: [
    'The entry was changed since it was read.',
    'Two people changed it at the same time; the second must see what the first did.',
    'Do the command again: it reads the entry anew.',
  ],
  PAYLOAD_TOO_LARGE: [
    'The request is too large.',
    'Requests may have 1 MB, schemas 8 MB.',
    'Send less: a schema of that size has something in it that is none.',
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    'The request is in no form the registry reads.',
    'It takes JSON only.',
    'Send it with content-type: application/json.',
  ],
  INVALID: [
    'The request has something in it that does not fit.',
    'A field is missing, misspelt or out of bounds; the answer names each one, never its value.',
    'Correct the fields that are named. If this came from tavolo itself, it is of another version than the hub.',
  ],
  UNKNOWN_COORDINATE: [
    'The purpose names a field that the graph does not have.',
    'It is misspelt, or its schema is not published yet.',
    'Publish the schema first; the explorer shows what the graph has.',
  ],
  OWNER_UNKNOWN: [
    'A field belongs to a partner that is not registered.',
    'Its @owner names an institution that nobody registered, so nobody could approve.',
    'The hub operator registers it: tavolo partner add.',
  ],
  RISK_ANALYSIS_REFUSED: [
    'The risk analysis contradicts itself or the purpose.',
    'For example, special categories that are declared without the ground of art. 9 GDPR.',
    'Correct the answers that are named, in the purpose’s form.',
  ],
  PURPOSE_REFUSED: [
    'The purpose is none that could be approved.',
    'For example, it ends before it begins, holds for more than three years, or its class does not suit its roles.',
    'Correct the fields that are named.',
  ],
  SUBGRAPH_UNREGISTERED: [
    'No partner has a subgraph of that name.',
    'A schema is taken only of a subgraph that the hub operator wrote down as a partner’s.',
    'The hub operator: tavolo partner add NAME. Or the name is misspelt: tavolo subgraph list.',
  ],
  CHECK_REFUSED: [
    'The checks refuse the schema; nothing was published.',
    'The report names what is wrong, with your file and line, the other side and what to change.',
    'tavolo subgraph check shows the same without publishing. Change what has severity ERROR. If all that is wrong is that recorded questions would fail, --accept-breaking does it all the same, and the evidence says so.',
  ],
  SCHEMA_TOO_LARGE: [
    'The schema is larger than the registry composes.',
    'Composition takes time and memory that grow faster than the schema.',
    'Send a smaller one, or fewer at once.',
  ],
  COMPOSITION_FAILED: [
    'Composing the graph broke off, and not over anything the checks know.',
    'The schema does something that no other does; the graph in force is as it was.',
    'Halve what is new until it passes, and tell the hub operator the requestId.',
  ],
  PRECONDITION_REQUIRED: [
    'A change of what is there must say what it read.',
    'Without the ETag one could write over what somebody else just wrote.',
    'Send the ETag as If-Match. If this came from tavolo, do the command again.',
  ],
  COMPOSITION_BUSY: [
    'Others are being composed, and the queue is full; nothing was changed.',
    'Composition is done one at a time, outside of what serves.',
    'Try again in a few seconds.',
  ],
  COMPOSITION_TIMEOUT: [
    'Composition took too long and was stopped; nothing was changed.',
    'The schema is very large, or built so that it explodes.',
    'Send a smaller one, or try again when less is going on.',
  ],
  TOO_MANY_STREAMS: [
    'As many gateways listen to the registry as it serves.',
    'At most 32 streams; one that was cut off may still be counted for some seconds.',
    'Close one, or run another process of the registry.',
  ],
  EVIDENCE_UNAVAILABLE: [
    'The evidence could not be kept, so it was not done.',
    'Every change, and every answer about people, is evidence before it happens. The disk of the evidence log is full or slow.',
    'Nothing was changed; try again. If it lasts, the operator frees the disk.',
  ],
  UNAVAILABLE: [
    'The registry cannot do this now.',
    'Its database is away, or something failed that it did not foresee; errorId is what its log knows it by.',
    'Try again in a few seconds; tell the operator the errorId if it lasts.',
  ],
};
