import type { Locator, Page } from 'playwright-core';
import { canvasNode } from './workflows';

/** A connection point at the right of a node; the error output comes last. */
const output = (page: Page, node: string, index: number): Locator =>
  page.locator(
    `[data-test-id="canvas-node-output-handle"][data-node-name="${node}"][data-index="${index}"]`,
  );

const input = (page: Page, node: string): Locator =>
  page.locator(`[data-test-id="canvas-node-input-handle"][data-node-name="${node}"]`).first();

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox();
  if (!box) throw new Error('It is not on the canvas');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 20 });
  await page.mouse.up();
}

/** Opens the node panel with the plus at an output. */
export async function plusAt(page: Page, node: string, index: number): Promise<void> {
  await output(page, node, index).getByTestId('canvas-handle-plus').click();
}

/** Draws a connection from an output to a node. */
export async function connect(page: Page, from: string, index: number, to: string): Promise<void> {
  await drag(page, await middleOf(output(page, from, index)), await middleOf(input(page, to)));
}

/** Draws a connection to the empty canvas below the whole workflow, which opens the node panel. */
export async function branchBelow(page: Page, node: string): Promise<void> {
  const boxes = await Promise.all((await canvasNode(page).all()).map((one) => one.boundingBox()));
  const bottom = Math.max(...boxes.map((box) => (box ? box.y + box.height : 0)));
  const from = await middleOf(output(page, node, 0));
  await drag(page, from, { x: from.x + 100, y: bottom + 60 });
}
