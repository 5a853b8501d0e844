import { BATCH, erpItemExample } from '#e2e/support/stranger-documents.ts';
import { curl } from '#e2e/support/curl.ts';
import type { N8nEditor } from './n8n-editor.ts';

/** Manual → HTTP Request → Split Out, twice → Data table → Edit Fields → Loop Over Items → HTTP Request and back. */
export async function productsInN8n(editor: N8nEditor, given: { demoUrl: string }): Promise<void> {
  const { hand } = editor;
  await editor.trigger('Trigger manually');
  await editor.add('http', 'HTTP Request');
  await editor.call(curl(`${given.demoUrl}/shop/admin/api/listings`), 'Header Auth', 'Demo shop');
  await editor.execute();
  await editor.close();
  await editor.add('split', 'Split Out');
  await editor.drop('.products', 'fieldToSplitOut');
  await editor.execute();
  await editor.close();
  await editor.add('split', 'Split Out');
  await editor.drop('.variants', 'fieldToSplitOut');
  await editor.choose('include', 'All Other Fields');
  await editor.execute();
  await editor.close();
  await editor.add('data t', 'Data table', 'Get row(s)');
  await editor.chooseTable('Prices');
  await hand.click(editor.id('fixed-collection-add'));
  // The table's columns are loaded.
  await editor.page.waitForTimeout(2_000);
  await editor.choose('keyName', /^sku/);
  await editor.drop('.variants.sku', 'keyValue');
  await editor.execute();
  await editor.close();
  await editor.add('set', 'Edit Fields (Set)');
  await editor.choose('mode', 'JSON');
  await hand.click(editor.editor('jsonOutput'));
  await hand.press('Control+a');
  await hand.paste(erpItemExample);
  await editor.express('jsonOutput');
  await editor.replace('jsonOutput', '59', '.price');
  await editor.unfold('Split Out1');
  for (const [word, path] of fields) await editor.replace('jsonOutput', word, path);
  await editor.close();
  await editor.add('loop', 'Loop Over Items (Split in Batches)');
  await hand.click(editor.id('parameter-input-batchSize').locator('input'));
  await hand.press('Control+a');
  await hand.type(String(BATCH));
  await editor.close();
  await editor.fillLoop('http');
  await editor.call(curl(`${given.demoUrl}/erp/api/items`, `{ "items": [${erpItemExample}] }`), 'Bearer Auth', 'Demo ERP');
  await editor.express('jsonBody');
  await hand.press('Control+a');
  // The editor closes brackets by itself.
  await hand.type('{{({items:$input.all().map(i=>i.json');
  await hand.click(editor.id('tab-settings'));
  await hand.click(editor.id('parameter-input-executeOnce').locator('[role="switch"], .el-switch, button, input').first());
  await editor.close();
  await hand.click(editor.id('execute-workflow-button'));
  await editor.page.getByText('Workflow executed successfully').first().waitFor();
}

const fields = [
  ['ABC', '.variants.sku'],
  ['Shoe', '.title'],
  ['Acme', '.vendor'],
  ['400', '.variants.grams'],
] as const;
