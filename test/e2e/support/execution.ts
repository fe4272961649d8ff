import type { Locator, Page } from 'playwright-core';
import { editor } from './shared';
import { until } from './until';

export function outputPanel(page: Page): Locator {
  return page.getByTestId('output-panel');
}

/** Presses "Execute step" in a node's open panel and waits until its output, or its error, shows. */
export async function executeStep(page: Page): Promise<void> {
  await runs(page, () => page.getByTestId('node-execute-button').click());
  await page
    .locator('[data-test-id="node-execute-button"]:not([aria-busy="true"])')
    .getByText('Execute step')
    .waitFor();
  const output = outputPanel(page);
  const outcome = output
    .getByTestId('run-data-item-count')
    .or(output.getByTestId('node-error-message'));
  await outcome.first().waitFor();
}

/** Does what starts an execution, and waits for that very execution to end. Returns its status, such as `success`. */
export async function runs(page: Page, start: () => Promise<void>): Promise<string> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run$/.test(response.url())),
    start(),
  ]);
  const { data } = (await answer.json()) as { data: { executionId: string } };
  let status = '';
  await until(async () => {
    const execution = await editor().rest.call<{ status: string }>(
      'GET',
      `/rest/executions/${data.executionId}`,
    );
    status = execution.status;
    if (['new', 'running', 'waiting'].includes(status)) throw new Error(`It is still ${status}`);
  });
  return status;
}

/** What the output panel shows as JSON. Only for small outputs: n8n draws long ones piece by piece. */
export async function shownOutput(page: Page): Promise<unknown> {
  const output = outputPanel(page);
  // The choice of views shows while the mouse is over the panel.
  await output.hover();
  await output.getByTestId('radio-button-json').click();
  const json = output.locator('.vjs-tree');
  await json.waitFor();
  // Indentation is drawn with no-break spaces.
  return JSON.parse((await json.innerText()).replaceAll('\u00a0', ' '));
}

/** What n8n keeps of the last execution, as text. */
export async function savedData(): Promise<string> {
  const { results } = await editor().rest.call<{ results: { id: string }[] }>(
    'GET',
    '/rest/executions?limit=1',
  );
  const { data } = await editor().rest.call<{ data: string }>(
    'GET',
    `/rest/executions/${results[0]?.id ?? ''}`,
  );
  return data;
}
