import type { KnownCause } from "./cause.ts";
import { errorLike, extract, stopped } from "./words.ts";

const IMAGE =
  /InvalidAMIID|(?:found )?no AMIs? (?:found|with)|failed to find ami|\b(?:Platform|Gallery)?Image(?:Version)?NotFound|images?\b[^.;]{0,140}(?:was |were )?(?:not found|does not exist|not available|do not exist)|(?:no|any) images? (?:were |was )?found|unable to (?:find|get) template|template\b.{0,120}\bnot found|No match found for .*Templates:\[\]|ErrImagePull|ImagePullBackOff|manifest (?:for \S+ )?(?:not found|unknown)|osimage .*not found|could not find (?:an )?image/i;

/** The machine image that pools start from is not there. */
export const imageMissing: KnownCause = {
  id: "image-missing",
  find(facts) {
    const cause = errorLike(facts, IMAGE);
    if (cause === undefined) {
      return undefined;
    }
    const image = extract(cause.condition.message, [
      /(?:with the name|by name|with name|template for):? "?\\?"?([^"'\s\\]+)/i,
      /template:? ['"]([^'"]+)/i,
      /image id '\[?([\w-]+)\]?'/i,
      /The resource '(?:projects\/)?([^']+)' was not found/i,
      /image:? (?:reference )?['"\\]+([^'"\\]+)['"\\]/i,
      /image named? ['"]?([\w.:/-]+)/i,
      /No match found for ([^:\s]+)/i,
      /pull(?:ing)? image "?([^"\s]+)/i,
    ]);
    const template = /template/i.test(cause.condition.message);
    const kind = template ? "template" : "image";
    return {
      headline: `${stopped(cause, facts)}: ${kind} ${image ?? "of the machines"} is not there`,
      health: "bad",
      cause,
      todo: [
        {
          text: `Build or copy the machine ${kind} for the profile's operating system and Kubernetes version into the region or account of the cluster.`,
          link: { title: "How Images Are Built", url: "https://image-builder.sigs.k8s.io/" },
        },
        { text: "Or name an image that is there: machine image in the cloud settings of the pool." },
        { text: "Or use a Kubernetes version in the profile that has one." },
      ],
    };
  },
};
