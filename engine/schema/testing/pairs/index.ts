import type { LabelledPair } from '../labelled-pair.ts';
import { bigcommerceOrder } from './bigcommerce-order.ts';
import { bigcommerceProduct } from './bigcommerce-product.ts';
import { businessCentralItem } from './business-central-item.ts';
import { businessCentralSalesOrder } from './business-central-sales-order.ts';
import { hubspotContact } from './hubspot-contact.ts';
import { lightspeedSale } from './lightspeed-sale.ts';
import { salesforceAccount } from './salesforce-account.ts';
import { shipstationShipment } from './shipstation-shipment.ts';
import { shopifyCustomer } from './shopify-customer.ts';
import { shopifyInventoryLevel } from './shopify-inventory-level.ts';
import { shopifyOrder } from './shopify-order.ts';
import { shopifyProduct } from './shopify-product.ts';
import { shopifyRefund } from './shopify-refund.ts';
import { squareOrder } from './square-order.ts';
import { squarePayment } from './square-payment.ts';
import { stripePayout } from './stripe-payout.ts';
import { talononePoints } from './talonone-points.ts';
import { woocommerceOrder } from './woocommerce-order.ts';

/** What suggestions were made better with. */
export const PAIRS: readonly LabelledPair[] = [
  bigcommerceOrder,
  bigcommerceProduct,
  businessCentralItem,
  businessCentralSalesOrder,
  hubspotContact,
  lightspeedSale,
  salesforceAccount,
  shipstationShipment,
  shopifyCustomer,
  shopifyInventoryLevel,
  shopifyOrder,
  shopifyProduct,
  shopifyRefund,
  squareOrder,
  squarePayment,
  stripePayout,
  talononePoints,
  woocommerceOrder,
];
