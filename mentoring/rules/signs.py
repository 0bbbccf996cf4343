# ruff: noqa: E501  patterns read better unbroken
"""Signs of contact details and of risk, as patterns. Each is tried on every reading of a message."""

import re

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
NOT_NUMBERS = re.compile(
    r"£\s?\d[\d,.]*k?"
    r"|\b\d[\d,.]*\s?(?:%|percent|per cent|pounds?|quid|hours?|hrs?|minutes?|mins?|weeks?|months?|years?|"
    r"pages?|words?|people|points?|marks?|miles?|km|am|pm)\b"
    r"|\b\d{1,2}[:.]\d{2}\s?(?:am|pm)?\b(?![.:-]?\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})[a-z]*\.?(?:\s+(?:19|20)\d\d)?\b"
    rf"|\b(?:{_MONTHS})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d\d)?\b"
    r"|(?<![\d.-])\b\d{1,2}([/.-])\d{1,2}\1(?:19|20)?\d\d\b(?![./ -]?\d)"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|(?<![\d+] )(?<![\d+])\b(?:19|20)\d\d\b(?! ?\d)",
)

_TLD = (
    r"(?:com|co\.uk|org\.uk|ac\.uk|org|net|uk|io|gg|tv|app|link|info|xyz|chat|social|dev|page|site|online|"
    r"biz|live|club|eu|us|edu|gov)"
)
_DOT = r"\s*(?:\.|\(dot\)|\[dot\]|\{dot\}|<dot>|\bdot\b|\bd0t\b|\bpunkt\b|\(\.\)|\[\.\])\s*"
_AT = r"\s*(?:@|\(at\)|\[at\]|\{at\}|<at>|\bat\b|\ba\.t\b|\bat sign\b|\(a\)|\[@\]|\(@\))\s*"
_MAIL_HOUSES = (
    r"(?:gmail|g mail|gee ?mail|googlemail|hotmail|hot mail|icloud|yahoo|proton ?mail|ymail|aol|"
    r"live\.co\.uk|btinternet)"
)
EMAIL_SIGNS = [
    re.compile(rf"[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}(?:com|co|org|net|uk|me|io|ac|gov|edu)\b"),
    re.compile(r"[\w.+-]{2,}\s?@\s?[\w-]{2,}"),
    re.compile(rf"\b{_MAIL_HOUSES}\b"),
    re.compile(rf"\boutlook{_DOT}com\b|\b(?:at|@)\s*outlook\b"),
    re.compile(
        r"\b(?:my|ur|your) (?:personal |own |other |school |work |home )?e-?mail (?:address )?(?:is|:|=|add)"
    ),
    re.compile(r"\be-?mail me (?:at|on|@|directly|instead|straight)\b"),
]
LINK_SIGNS = [
    re.compile(r"\b(?:h(?:tt|xx)ps?|ftp)\b\s*[:;]?\s*/?/?|\bw\s?w\s?w\s*(?:\.|dot)"),
    re.compile(rf"\b[a-z0-9][a-z0-9-]+(?:\.[a-z0-9-]+)*\.{_TLD}\b(?:/\S*)?"),
    re.compile(
        r"\b[a-z0-9-]{2,}\s*(?:\(dot\)|\[dot\]|\{dot\}|\bdot\b|\bd0t\b)\s*(?:com|co|org|net|gg|uk|me|io|ly)\b"
    ),
    re.compile(r"\b[a-z0-9-]{3,} \. (?:com|net|org|gg|co)\b|\b[a-z0-9-]{3,} \.(?:com|net|org|gg)\b"),
    re.compile(r"\b(?:t\.me|wa\.me|youtu\.be|bit\.?ly|tinyurl|linktr\.?ee|discord\.gg|lnkd\.in|goo\.gl)\b"),
]

_APPS = (
    r"(?:snap ?chat|snap|snapp|sc|insta ?gram|insta|ig|whats ?app|watsapp|wattsapp|whatsap|wapp|telegram|tele|"
    r"tik ?tok|tt|discord|disc|face ?book|fb|messenger|signal|twitter|linked ?in|skype|we ?chat|viber|kik|"
    r"be ?real|face ?time|imessage|roblox|fortnite|xbox|psn|steam|reddit|tumblr|threads|zoom|wizz|yubo|"
    r"only ?fans|line|ghost app|yellow app|green app|blue app|pink app|camera app|gamer ?tag)"
)
_PRIVATE_APPS = r"(?:snap ?chat|snapp|snap|sc|insta ?gram|insta|whats ?app|watsapp|whatsap|wapp|telegram|kik|viber|we ?chat|wizz|yubo|only ?fans)"
SOCIAL_SIGNS = [
    re.compile(r"(?:^|[\s(:,])@[a-z_][\w.]{2,}"),
    re.compile(
        rf"\b(?:add|follow|find|ask|dm|pm|message|msg|text|txt|call|ring|video|inbox|hit|reach|search|chat|talk|"
        rf"speak|contact|get|hmu|drop|invite|friend|write)\b(?:\W+\w+){{0,4}}?\W+(?:on|via|over|thru|through|by|"
        rf"using|in|to)\W+(?:\w+\W+){{0,2}}?{_APPS}\b"
    ),
    re.compile(rf"\b{_APPS}\s+(?:me|us)\b(?!\s+(?:a|an|the|some)\b)"),
    re.compile(
        rf"\b(?:my|me|mine|our)\b\W+(?:\w+\W+){{0,1}}?(?:{_APPS})\b(?:\W+(?:name|user ?name|handle|id|tag))?"
        r"\s*(?:is|are|:|=|-|called|under|@|user ?name|handle|id|tag|add)"
    ),
    re.compile(
        rf"\b(?:what(?:s|'s| is)?|wats|wot|gimme|give me|send me|share|tell me|swap|whats)\b(?:\W+\w+){{0,2}}?\W+(?:ur|your|yr|you)\W+(?:\w+\W+)?{_APPS}\b"
    ),
    re.compile(rf"\b(?:have|got|on|use) (?:you |u )?(?:got |on )?{_PRIVATE_APPS}\s*\?"),
    re.compile(rf"\b(?:u|you) (?:got|have|on|use) (?:a )?{_PRIVATE_APPS}\b"),
    re.compile(rf"\b{_APPS}\s*(?:[:=]|->|=>)\s*\w"),
    re.compile(rf"\b{_PRIVATE_APPS}\s+(?:is\s+)?[a-z]*[\w.]*[\d_][\w.]*\b"),
    re.compile(rf"\bi(?:'?m| am)\b(?:\W+\w+){{0,3}}?\W+on\s+{_PRIVATE_APPS}\b"),
    re.compile(
        r"\b(?:my|mine) (?:user ?name|handle|gamer ?tag|tag|screen ?name|@|at|user|socials?) (?:is|are|=|:|on)"
    ),
    re.compile(r"\b(?:user ?name|handle|gamer ?tag|screen ?name)\s*(?:is|:|=)\s*\w"),
    re.compile(r"\b(?:add|follow|dm|pm|hmu|inbox|friend)\s+(?:me|us)\b(?! to (?:the|a|your|that) )"),
    re.compile(
        r"\bfind me\s*[:@=]|\b[a-z0-9.]+_[a-z0-9_.]+\b|\bsame (?:user ?name|name|handle|user|tag|@)\b(?:\W+\w+){0,4}?\W+(?:everywhere|on|for)\b"
    ),
    re.compile(r"\bi'?m \S+ everywhere\b|\bon every ?thing as\b"),
    re.compile(rf"\b{_APPS}\s+(?:user|user ?name|name|id|tag|as|under|handle)\s+\w"),
    re.compile(
        rf"\b(?:move|switch|go|swap|use|using|over|come|jump|hop)\s+(?:over\s+)?(?:to|on|onto|on to|use)?\s*{_PRIVATE_APPS}\b"
    ),
    re.compile(
        r"\b(?:use|using|via|on|over) (?:signal|messenger|fb messenger|discord|face ?time|skype)\b(?:\W+\w+)?\W+(?:instead|then|better|of this|of here)\b"
    ),
    re.compile(
        r"\b(?:messenger|whats ?app|snap|insta|telegram|discord|signal|texts?|texting) (?:is|would be|wud be|might be) (?:easier|better|quicker)\b"
    ),
    re.compile(
        rf"\bjoin\b(?:\W+\w+){{0,4}}?\W+(?:{_PRIVATE_APPS}|discord|server|group chat|gc)\b|\b(?:discord|group chat|gc|server)\b(?:\W+\w+){{0,3}}?\W+join\b"
    ),
    re.compile(r"\b(?:search|look)\s+(?:me|us|my name)\s+up\b|\bfind me (?:on|under|as|by)\b"),
    re.compile(
        r"\b(?:talk|chat|speak|message|msg|text|carry on|continue|move|go|switch)\b(?:\W+\w+){0,4}?\W+"
        r"(?:off (?:here|this|the (?:app|site|platform))|somewhere else|elsewhere|another app|"
        r"(?:a )?different app|not on here|outside (?:of )?(?:this|here|the (?:app|site|programme|platform)))\b"
    ),
    re.compile(r"\boff (?:the|this) (?:app|site|platform|website)\b"),
]
PHONE_SIGNS = [
    re.compile(
        r"\b(?:my|ur|your|yr|me) (?:\w+ )?(?:number|digits|phone no|phone number|mobile|mob|cell|num|no\.|nmbr|numba)"
        r"(?:(?: is| are|'s|s)?[:=]| is| are|'s|\?|$| to | so | if | in case)"
    ),
    re.compile(
        r"\b(?:give|send|gimme|swap|exchange|share|take|want|have|get|drop|save|whats|what's|what is)\b"
        r"(?:\W+\w+){0,2}?\W+(?:my|ur|your|yr|our|phone) (?:phone |mobile |cell )?(?:numbers?|digits|num|mobile)\b"
    ),
    re.compile(
        r"\b(?:ring|call|text|txt|phone|bell|buzz|dial|reach|whatsapp|facetime)\s+(?:me|us)\b"
        r"(?:(?!\bstraight away\b).){0,40}?(?:\d{2,}|[+]\d|…|\.\.\.)"
    ),
    re.compile(r"(?<![\w.£])(?:\+ ?44|0044|07|\+4 4)(?=\d{2}|\s?…|\s?\.\.\.|[xX*_-]{2})"),
    re.compile(
        r"\b(?:ring|call|text|txt|phone|bell) me (?:on|at)\b(?! (?:the|a|my way|mon|tue|wed|thu|fri|sat|sun|\d))"
    ),
    re.compile(r"\b(?:ring|call|text|txt|phone) me on my (?:mobile|phone|cell|mob)\b"),
    re.compile(
        r"\b(?:text|txt|ring|phone|bell|whatsapp|face ?time) (?:me|us)\b|\bcall me (?:if|when|later|on|tonight|tomorrow|after|anytime|2nite)\b"
    ),
    re.compile(
        r"\b(?:lets|let's|can we|could we|we could|wanna|shall we) (?:just )?(?:text|txt|phone|whatsapp|snap|face ?time)\b"
    ),
]
PLACE_SIGNS = [
    re.compile(
        r"\bwhich school gate\b|\bwait(?:ing)? for (?:you|u) (?:outside|after|by the gate)\b|\bwhat time (?:do|d) (?:you|u) (?:finish|leave|get out of) (?:school|college)\b"
    ),
    re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{2}\b"),
    re.compile(
        r"\b\d{1,4}[a-z]? (?:[a-z'’]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|close|drive|way|court|crescent|grove|"
        r"terrace|gardens|place|walk|mews|hill)\b"
    ),
    re.compile(
        r"\b(?:my|home) address\b|\bi live (?:at|on|in flat|opposite|next (?:to|door))\b|\bwhere (?:do|d) (?:you|u|ya) live\b|\b(?:your|ur) (?:home )?address\b"
    ),
    re.compile(
        r"\b(?:come|pop|swing|meet|stay|sleep|hang out|chill)\b(?:\W+\w+){0,4}?\W+(?:(?:to|at|over|round|around|by) )?"
        r"(?:my (?:house|place|flat|home|room|car|gaff|yard|crib|hotel)|mine\b|ur (?:house|place)|"
        r"your (?:house|place|flat|room)|yours\b(?! truly))"
    ),
    re.compile(
        r"\bpick (?:you|u|ya) up\b|\bgive (?:you|u|ya) a lift\b|\bdrive (?:you|u) home\b|\bget in my car\b|\bpick me up\b"
    ),
    re.compile(
        r"\b(?:just|only) (?:the two of us|us two|you and me|u and me|me and you|me and u)\b|\bin private\b|"
        r"\bon our own\b|\bwithout (?:anyone|anybody|your mum|your dad|your parents|them) knowing\b|"
        r"\bmeet (?:up )?(?:in secret|secretly|privately|alone)\b|\bmeet (?:up )?outside (?:the programme|of this|this|here)\b|"
        r"\balone together\b"
    ),
]
MONEY_SIGNS = [
    re.compile(
        r"\bsort code\b|\baccount number\b|\bbank (?:details|account|card)\b|\bpay ?pal\b|\bcash ?app\b|\bgift ?cards?\b|"
        r"\b(?:lend|borrow|send|transfer|owe|give) (?:me|you|u) (?:some |a bit of |the )?(?:money|cash|£|quid)|"
        r"\b(?:lend|borrow|send|transfer|owe|give) (?:me|you|u) £?\d+|\bpin (?:number|code)\b|\bpasswords?\b(?= is|:)"
    ),
]
RISK_SIGNS = [
    re.compile(
        r"\b(?:kill(?:ing)?|cut(?:ting)?|hurt(?:ing)?|harm(?:ing)?|hang(?:ing)?) (?:my ?self|himself|herself|themselves|urself|yourself)\b|"
        r"\bsuicid|\bself ?harm|\bkms\b|\bwant(?:ed)? to die\b|\bwanna die\b|\bend (?:it all|my life)\b|\bbetter off dead\b|"
        r"\b(?:don'?t|dont|do not) (?:want|wanna)(?: to)? (?:be here(?! on)|be alive|live|wake up|exist)\b|\boverdos"
    ),
    re.compile(
        r"\b(?:hits|hit|beats?|beat|punched|slapped|kicked|strangled|choked|hurts|touched|touches|grabbed|attacked|raped|"
        r"threatened|threatens|stabbed|jumped|locks?|locked) me\b(?! as\b| that\b| how\b| like\b| with\b| by surprise)|"
        r"\b(?:scared|afraid|frightened|terrified) (?:of (?:him|her|them|my (?:dad|mum|mom|step|brother|uncle|boyfriend|"
        r"girlfriend))|to go home|at home)\b|\bnot safe at home\b|\b(?:don'?t|dont) feel safe\b|\bran? away\b(?: from home)?|"
        r"\bkicked out\b|\bsleeping rough\b|\bnowhere to (?:sleep|stay)\b|\babus(?:e|ed|ive|ing)\b|\bbullied\b|\bpregnant\b|\bforced? (?:me|marriage)\b"
    ),
    re.compile(
        r"\bour (?:little )?secret\b|\bkeep (?:it|this|that) (?:a secret|secret|between us|quiet|to yourself)\b|\bbetween (?:us|you and me)\b|"
        r"\b(?:don'?t|dont|do not|never) (?:tell|show|mention (?:this|it) to) (?:anyone|anybody|any1|ur|your|them|the team|staff|mum|dad|my|no one|nobody)\b|"
        r"\bdelete (?:this|these|the|our) (?:messages?|chat|text)?|\bno ?one (?:has|needs) to know\b"
    ),
    re.compile(
        r"\bnudes?\b|\bnaked\b|\bsexy?\b|\bsexting\b|\bhorny\b|\bporn\b|\bboobs?\b|\b(?:send|share)\b(?:\W+\w+){0,3}?\W+(?:pics?|pictures?|photos?|selfies?) "
        r"(?:of (?:you|u|ur|your)|to me)\b|\b(?:u|you)(?:'re|r| are| look) (?:so |really |well )?(?:hot|fit|sexy|gorgeous|beautiful)\b|"
        r"\blove you\b|\bkiss(?:es)? (?:you|me|u)\b|\bgirlfriend\?|\bboyfriend\?|\bhave (?:you|u) got a (?:boy|girl)friend\b|\bmature for your age\b"
    ),
    re.compile(
        r"\bknife\b|\bstab(?:bing|bed)?\b|\bgun\b|\bweed\b|\bcocaine\b|\bket\b|\bmdma\b|\bvapes? for\b|\bdrugs?\b|\bdealing\b(?! with)|"
        r"\bcounty lines\b|\bgang\b|\b(?:buy|get) (?:you|u) (?:a drink|alcohol|vodka|booze)\b"
    ),
]  # fmt: skip
