import type { DemoAccount } from './options.ts';
import { type Html, html, pageOf } from './page.ts';

export interface LoginPage {
  readonly action: string;
  readonly clientName: string;
  readonly accounts: readonly DemoAccount[];
  /** What the client wants it for; null leaves the choice to whoever logs in. */
  readonly purposeId: string | null;
}

/** The accounts as forms, one button each; those that may not have the purpose are not offered. */
export function loginPage({ action, clientName, accounts, purposeId }: LoginPage): string {
  const offered = accounts.filter((account) => mayHave(account, purposeId));
  const missing = accounts.length - offered.length;
  return pageOf(
    'Log in',
    html`<p>Choose who you are for <strong>${clientName}</strong>, and what you ask for.</p>
${offered.map((account) => formOf(account, action, purposeId))}
${missing === 0 ? '' : html`<p>Not shown: ${String(missing)} accounts that may not ask for the purpose ${purposeId ?? ''}.</p>`}`,
  );
}

/** Whether an account may ask for a purpose; every one may leave it to its default. */
export function mayHave(account: DemoAccount, purposeId: string | null): boolean {
  return (
    purposeId === null || account.mayNameAnyPurpose === true || account.purposes.includes(purposeId)
  );
}

function formOf(account: DemoAccount, action: string, purposeId: string | null): Html {
  const { id, name, organisation, roles, purposes } = account;
  const choices = purposeId === null ? purposes : [purposeId];
  const select =
    choices.length === 0
      ? html`<p>No purpose: registry only.</p>`
      : html`<label for="purpose-${id}">Purpose</label>
<select id="purpose-${id}" name="purpose">${choices.map((each) => html`<option value="${each}">${each}</option>`)}</select>`;
  return html`<form method="post" action="${action}">
<h2>${name}</h2>
<p>${roles.join(', ')} · ${organisation}</p>
<input type="hidden" name="account" value="${id}">
${select}
<button type="submit" aria-label="Log in as ${name}, ${roles.join(', ')}">Log in</button>
</form>`;
}
