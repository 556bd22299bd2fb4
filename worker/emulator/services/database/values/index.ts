export { add, subtract } from "./arithmetic";
export { admitAttr, admitItem } from "./admit";
export { attributeJson, fromAttributeJson, fromItemJson, itemJson, type AttributeJson } from "./attribute-json";
export { compareValues } from "./compare";
export { copyAttr, copyItem } from "./copy";
export {
  documentFields,
  firestoreValue,
  fromDocumentFields,
  fromFirestoreValue,
  type FirestoreFields,
  type FirestoreValue,
} from "./document-fields";
export { equal } from "./equal";
export { encodeKey, keyBytes } from "./keys";
export { itemSize, measure, resize } from "./size";
export { entryOf, isMap, typeOf } from "./type-of";
