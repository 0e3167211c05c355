"""What the furniture around news articles says, by language: tables that grow by a line.

How a line is held against them is told in `clutter`. Nothing here names an outlet. What a language lacks here it did
not need so far, or shares with English.
"""

# The whole line, apart from case and the marks around it; phrases end with a semicolon.
PHRASES = {
    "en": """
        scroll to top; back to top; scroll down; skip to content; skip to main content; leave a comment; leave a
        reply; comments; view comments; post a comment; post comment; cancel reply; join our commenting forum; tell us
        what you think; advertisement; story continues below advertisement; article continues below; story continues
        below; article content; sponsored; sponsored content; share; share this; share this article; share this story;
        share on facebook; share on twitter; share on x; share on whatsapp; tweet; copy link; copied; print; print
        article; order reprints; email; save; close; loading; tags; filed under; read more; click here to read more;
        read also; also read; related; related news; related articles; related stories; related topics; related
        content; related posts; more stories; more like this; most read; popular; recommended; recommended for you;
        recommended videos; recommended reading; editor's picks; you may also like; you might also like; like this;
        more on this story; more from this section; sign up; subscribe; subscribe now; subscribe today; newsletter;
        thanks for signing up; log in; sign in; follow us; follow us on google news; accept all; accept all cookies;
        manage cookies; cookie settings; all rights reserved; file photo; get our app; download our app; listen to
        this article; enable javascript to view this content; about the author; about the authors; embed; thank you
        for reading; would you like to comment on this article; this article has been sent to; what do you think;
        topics; in this article;
    """,
    "de": """
        nach oben; zum inhalt springen; zur startseite; kommentar schreiben; kommentar hinterlassen; kommentare;
        anzeige; werbung; teilen; artikel teilen; drucken; merken; lesen sie auch; mehr zum thema; auch interessant;
        das könnte sie auch interessieren; das könnte dich auch interessieren; weiterlesen; mehr lesen; mehr dazu;
        weiterführende links; jetzt abonnieren; newsletter abonnieren; alle cookies akzeptieren; ein klick für den
        datenschutz; symbolbild; archivbild; empfohlener redaktioneller inhalt; empfohlener externer inhalt; externer
        inhalt; artikel vorlesen; zur merkliste hinzufügen; zum autor; zur autorin; zur person; der autor; die
        autorin; über den autor; über die autorin; link zum youtube-inhalt; inhaltsverzeichnis; audio-version; ihre
        meinung zählt;
    """,
    "fr": """
        haut de page; retour en haut; aller au contenu; laisser un commentaire; commentaires; publicité; partager;
        partager cet article; copier le lien; imprimer; lire aussi; à lire aussi; lire la suite; sur le même sujet;
        articles liés; s'abonner; abonnez-vous; tout accepter; accepter les cookies; photo d'illustration; dans la
        même rubrique; nos derniers articles; réagir; écouter l'article; article réservé aux abonnés; à propos de
        l'auteur;
    """,
    "es": """
        volver arriba; saltar al contenido; deja un comentario; dejar un comentario; comentarios; publicidad;
        compartir; comparte esta noticia; copiar enlace; imprimir; lee también; leer más; te puede interesar; más
        información; noticias relacionadas; suscríbete; suscribete; aceptar cookies; aceptar todas las cookies; foto
        de archivo; flecha; archivado en; normas de comentarios; esta funcionalidad es sólo para suscriptores;
        escuchar el artículo; ver comentarios; reportar un error; sobre el autor; lo más leído;
    """,
    "it": """
        torna su; vai al contenuto; lascia un commento; commenti; pubblicità; condividi; condividi questo articolo;
        copia link; stampa; leggi anche; leggi tutto; continua a leggere; potrebbe interessarti; articoli correlati;
        notizie correlate; abbonati; iscriviti alla newsletter; accetta tutti; foto d'archivio; riproduzione
        riservata; ascolta questo articolo; l'autore; per approfondire; tag; seguici su google news;
    """,
    "pt": """
        voltar ao topo; ir para o conteúdo; deixe um comentário; comentários; publicidade; compartilhar; partilhar;
        compartilhe; copiar link; imprimir; leia também; leia mais; ler mais; saiba mais; notícias relacionadas;
        assine; assine já; aceitar todos; foto de arquivo; ouça este artigo; continua após a publicidade; veja também;
    """,
    "nl": """
        terug naar boven; naar de inhoud; laat een reactie achter; reacties; advertentie; deel dit artikel; delen;
        kopieer link; afdrukken; lees ook; lees meer; lees verder; bekijk ook; meer over dit onderwerp; gerelateerde
        artikelen; abonneer je nu; word abonnee; alles accepteren; archieffoto; luister naar dit artikel;
    """,
    "sv": """
        till toppen; hoppa till innehåll; lämna en kommentar; kommentarer; annons; dela; dela artikeln; kopiera länk;
        skriv ut; läs också; läs även; läs mer; visa mer; mer om ämnet; relaterade artiklar; prenumerera; godkänn
        alla; arkivbild; lyssna på artikeln;
    """,
    "no": """
        til toppen; hopp til innhold; legg igjen en kommentar; kommentarer; annonse; del; del artikkelen; kopier
        lenke; skriv ut; les også; les mer; les mer om; saken fortsetter under; artikkelen fortsetter under annonsen;
        abonner; bli abonnent; godta alle; arkivfoto;
    """,
    "da": """
        til toppen; gå til indhold; skriv en kommentar; annonce; del artiklen; kopier link; læs også; læs mere; se
        også; artiklen fortsætter under annoncen; bliv abonnent; accepter alle; arkivfoto;
    """,
    "fi": """
        takaisin ylös; siirry sisältöön; jätä kommentti; kommentit; mainos; jaa; jaa artikkeli; kopioi linkki;
        tulosta; lue myös; lue lisää; aiheesta lisää; tilaa; tilaa uutiskirje; hyväksy kaikki; arkistokuva;
    """,
    "pl": """
        do góry; przejdź do treści; dodaj komentarz; komentarze; reklama; udostępnij; podziel się; skopiuj link;
        drukuj; czytaj także; czytaj też; czytaj więcej; przeczytaj także; zobacz też; zobacz także; powiązane
        artykuły; dalsza część artykułu pod materiałem wideo; dalszy ciąg materiału pod wideo; subskrybuj; zaakceptuj
        wszystkie; zdjęcie ilustracyjne;
    """,
    "cs": """
        nahoru; přejít k obsahu; přidat komentář; komentáře; diskuse; reklama; inzerce; sdílet; kopírovat odkaz; tisk;
        čtěte také; přečtěte si také; čtěte více; související články; mohlo by vás zajímat; předplatit; přijmout vše;
        ilustrační foto;
    """,
    "tr": """
        yukarı çık; sayfanın başına dön; içeriğe geç; yorum yap; yorum yaz; yorumlar; bir yanıt yazın; reklam; paylaş;
        haberi paylaş; bağlantıyı kopyala; yazdır; bunu da oku; ayrıca oku; ilgili haberler; devamını oku; abone ol;
        bültenimize abone olun; tümünü kabul et; çerezleri kabul et; arşiv fotoğrafı; ilgili konular; haberin devamı;
    """,
    "uk": """
        вгору; нагору; перейти до вмісту; залишити коментар; залишити відповідь; коментарі; реклама; поділитися;
        поширити; друкувати; читайте також; читати далі; більше на цю тему; підписатися; підписуйтесь; прийняти всі;
        архівне фото; новини за темою; матеріали за темою; теги;
    """,
    "ru": """
        наверх; перейти к содержимому; оставить комментарий; комментарии; реклама; поделиться; распечатать; читайте
        также; читать далее; подписаться; принять все; фото из архива; материалы по теме; новости по теме; по теме;
        смотрите также; теги; все новости; скопировать ссылку;
    """,
    "el": """
        επιστροφή στην κορυφή; μετάβαση στο περιεχόμενο; αφήστε σχόλιο; σχόλια; διαφήμιση; κοινοποίηση; μοιραστείτε
        το; εκτύπωση; διαβάστε επίσης; διαβάστε ακόμη; διαβάστε περισσότερα; δείτε επίσης; σχετικά άρθρα; σχετικές
        ειδήσεις; εγγραφείτε; αποδοχή όλων; φωτογραφία αρχείου; ακολουθήστε μας;
    """,
    "ar": """
        العودة إلى الأعلى; انتقل إلى المحتوى; اترك تعليقا; اترك تعليقاً; أضف تعليقا; التعليقات; إعلان; إعلانات; شارك;
        مشاركة; شارك الخبر; نسخ الرابط; طباعة; اقرأ أيضا; اقرأ أيضاً; إقرأ أيضا; اقرأ المزيد; شاهد أيضا; أخبار ذات
        صلة; مواضيع ذات صلة; مقالات ذات صلة; اشترك; اشترك الآن; صورة أرشيفية; تابعونا; الكلمات المفتاحية; كلمات
        مفتاحية;
    """,
    "he": """
        חזרה למעלה; דלג לתוכן; הוסף תגובה; השאר תגובה; תגובות; פרסומת; שיתוף; שתף; שתפו; העתק קישור; הדפסה; קראו גם;
        קרא גם; קראו עוד; כתבות נוספות; כתבות קשורות; אולי יעניין אותך; הרשמה לניוזלטר; תגיות; צילום ארכיון;
    """,
    "ja": """
        ページトップへ; トップへ戻る; 本文へ; コメント; コメントを書く; コメントする; 広告; シェア; シェアする;
        ツイート; 印刷; リンクをコピー; 関連記事; 関連ニュース; 関連キーワード; 関連リンク; 関連トピックス;
        あわせて読みたい; おすすめ; おすすめ記事; おすすめの記事; 続きを読む; もっと見る; もっと読む; 無料会員登録;
        会員登録; ログイン; タグ; 記事一覧; 資料写真; 写真を見る; 画像を見る; この記事を読む; 次のページ; 前のページ;
        アクセスランキング; 人気記事; 全文を読む; 有料会員限定; この記事は有料記事です; 関連企業・業界;
    """,
    "ko": """
        맨위로; 맨 위로; 본문 바로가기; 댓글; 댓글 쓰기; 댓글 달기; 광고; 공유; 공유하기; 인쇄; 링크 복사; 관련기사;
        관련 기사; 관련뉴스; 관련 뉴스; 추천기사; 추천 기사; 많이 본 기사; 많이 본 뉴스; 주요뉴스; 주요 뉴스;
        구독하기; 구독; 로그인; 태그; 더보기; 더 보기; 자료사진; 무단전재 및 재배포 금지; 무단 전재 및 재배포 금지;
        무단전재-재배포 금지; 이 기사를 공유합니다; 기사 원문;
    """,
    "zh": """
        回到顶部; 返回顶部; 回到頂部; 跳至内容; 发表评论; 發表評論; 我要评论; 评论; 評論; 留言; 广告; 廣告; 分享;
        分享到; 打印; 列印; 复制链接; 複製連結; 相关阅读; 相關閱讀; 相关新闻; 相關新聞; 相关文章; 相關文章; 延伸阅读;
        延伸閱讀; 推荐阅读; 推薦閱讀; 猜你喜欢; 热门文章; 熱門文章; 热门新闻; 熱門新聞; 阅读全文; 閱讀全文; 繼續閱讀;
        订阅; 訂閱; 登录; 登入; 标签; 標籤; 资料图; 資料照片; 版权所有; 版權所有; 未经许可不得转载; 未经授权不得转载;
    """,
}  # fmt: skip

# With a colon, bar or arrow behind them, and then anything.
LABELS = {
    "en": "read also|also read|read more|see also|also see|related|related article|recommended|don't miss|"
    "more on this|watch|listen|"
    "photos?|picture|image|image credit|photo credit|photo courtesy|credit|file photo|caption|tags|topics|filed under|"
    "follow us|copyright|watch now|read next|explore more|editor's note on sources",
    "de": "lesen sie auch|lesen sie mehr|auch interessant|mehr zum thema|zum thema|mehr lesen|foto|fotos|bild|quelle|"
    "quellen|schlagwörter|video|sehen sie auch|lesetipp|auch spannend|sendung|dieses thema im programm|bildnachweis",
    "fr": "lire aussi|à lire aussi|à lire|voir aussi|lire également|photo|crédit photo|crédits?|mots-clés|vidéo|"
    "pour aller plus loin",
    "es": "lee también|leer más|lea también|te puede interesar|más información|foto|crédito|etiquetas|vídeo|video|"
    "ver también|fuente de la imagen|síguenos en",
    "it": "leggi anche|guarda anche|foto|credit|per approfondire|potrebbe interessarti|vedi anche|tag",
    "pt": "leia também|leia mais|veja também|saiba mais|foto|crédito|créditos|tags|vídeo",
    "nl": "lees ook|lees meer|bekijk ook|foto|beeld|tags|luister ook",
    "no": "les også|foto|se også|les mer|video",
    "sv": "läs också|läs även|läs mer|foto|bild|se även|arkivbild",
    "da": "læs også|læs mere|foto|se også|arkivfoto",
    "fi": "lue myös|lue lisää|kuva|katso myös",
    "pl": "czytaj także|czytaj też|czytaj więcej|zobacz też|zobacz także|przeczytaj|fot|zdjęcie|tagi",
    "cs": "čtěte také|přečtěte si také|foto|zdroj fotografie|tagy|související",
    "tr": "bunu da oku|ayrıca oku|ilgili haber|fotoğraf|foto|etiketler|haberin devamı|video",
    "uk": "читайте також|дивіться також|фото|теги|більше на тему|відео",
    "ru": "читайте также|смотрите также|читать также|фото|теги|видео|по теме",
    "el": "διαβάστε επίσης|διαβάστε ακόμη|δείτε επίσης|φωτογραφία|φωτο|ετικέτες",
    "ar": "اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|شاهد أيضا|شاهد أيضاً|الصورة|صورة|تصوير|كلمات مفتاحية|وسوم",
    "he": "קראו גם|קרא גם|צילום|תגיות|קרדיט",
    "ja": "関連記事|あわせて読みたい|写真|画像|撮影|タグ|提供",
    "ko": "관련기사|관련 기사|사진|자료사진|태그|출처|사진 출처",
    "zh": "相关阅读|相關閱讀|相关新闻|相關新聞|延伸阅读|延伸閱讀|图片来源|圖片來源|摄影|攝影|责任编辑|責任編輯|"
    "编辑|編輯|标签|標籤|来源|來源",
}  # fmt: skip

# The whole line, in lower case, each behind the words of which it always holds one, so that few need to be tried; in
# the scripts of East Asia, which part no words, behind a piece of it.
FORMS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("discover", r"discover more from .{1,40}"),
        ("more", r"(?:read )?more from [^.,!?]{2,40}"),
        *(
            (
                invitation.split()[0],
                rf"{invitation} (?:now |today )?(?:to|for) (?:get|receive|our|the|breaking)\b[^.]{{0,70}}"
                r"(?:e-?mail|inbox|newsletters?|posts|updates|alerts|deals|and more)\b[^.]{0,25}",
            )
            for invitation in ("subscribe", "sign up")
        ),
        ("your", r"get (?:the|our|all)\b[^.]{0,60}\b(?:in|to) your (?:inbox|e-?mail)\b.*"),
        # "Never miss a story. Sign up for our newsletter and ...": something short, the invitation, something short.
        (
            "mailing",
            r"(?:[^\"“”]{0,90}[.!?:] )?(?:sign up|subscribe|register)\b[^.\"“”]{0,40}\bmailing list\b[^\"“”]{0,90}",
        ),
        (
            "newsletter|newsletters",
            r"(?:[^\"“”]{0,90}[.!?:,] )?(?:sign(?:ing)? up|subscribe|register)\b"
            r"[^.\"“”]{0,40}\bnewsletters?\b[^\"“”]{0,90}",
        ),
        ("newsletter|newsletters", r"(?:[^\"“”]{0,90}[.!?:] )?get our\b[^.\"“”]{0,30}\bnewsletters?\b[^\"“”]{0,60}"),
        ("click", r"click here to (?:subscribe|sign up)\b[^.]{0,60}"),
        (
            "signing",
            r"(?:check out|get|read|find)\b[^\"“”]{0,90}\bby signing up (?:to|for) (?:our|the)\b[^\"“”]{0,50}",
        ),
        (
            "tip|tips|story",
            r"(?:got|have|do you have) (?:a|any) (?:news |story )?(?:tips?|story)\?"
            r"(?: (?:e-?mail|write|call|contact|message|text|tell|send|let|get in touch|share|submit)\b[^\"“”]{0,80})?",
        ),
        ("like", r"like what you(?:['’]re)? (?:read|see)(?:ing)?\?[^\"“”]{0,80}"),
        ("journalism", r"support (?:our|independent|local|quality) journalism\b[^\"“”]{0,60}"),
        ("published", r"your e-?mail address will not be published\b.*"),
        ("required", r"required fields are marked.{0,3}"),
        ("browser", r"save my name,? e-?mail.*browser for the next time i comment"),
        ("must", r"you must (?:be logged in|log in|confirm your public display name)\b.{0,40}comment\w*"),
        ("display", r"please log ?out and (?:then )?log ?in again\b.{0,80}display name"),
        ("comment", r"(?:please )?read our comment(?:ing|s)? (?:policy|guidelines)\b.{0,40}"),
        ("conversation|conversations", r"join (?:the|our|thought-provoking) conversations?\b[^\"“”]{0,90}"),
        ("sign", r"sign up \(?[^.\"“”]{0,30}\)? or sign in\b.{0,20}"),
        ("type", r"type your e-?mail\b.{0,3}"),
        ("share", r"(?:click to )?share (?:this )?(?:on|via|to|by) [\w ]{1,20}(?:\(opens in new window\)?)?"),
        ("cookies", r"(?:this (?:site|website)|we|our (?:site|website)) uses? cookies\b.*"),
        ("by", r"by (?:continuing|clicking|using)\b.{0,60}\b(?:cookies|terms|privacy policy)\b.{0,60}"),
        ("follow", r"follow .{2,40} on (?:google news|facebook|twitter|x|instagram|whatsapp|telegram)\b.{0,100}"),
        ("preferred", r"[^.]{0,60}\badd us as (?:a|your) preferred source\b.{0,100}"),
        ("click", r"click here (?:to|for) (?:read|get|see|view|watch|download|sign|join|more|the latest)\b[^.]{0,100}"),
        # With a full stop it is a sentence: "Photographs by the agency show a crack."
        ("photo|photos|photograph|photographs", r"(?!.*\.$)photo(?:graph)?s? (?:by|courtesy|via|credit)\b.{2,60}"),
        ("picture|pictures", r"(?!.*\.$)pictures? (?:by|courtesy|via|credit)\b.{2,60}"),
        ("image|images", r"(?!.*\.$)images? (?:by|courtesy|via|credit)\b.{2,60}"),
        ("appeared", r"the post .{3,200} (?:appeared first on|first appeared on) .{2,60}"),
        (
            "appeared|published",
            r"this (?:article|story|report|piece) (?:was )?(?:first|originally) (?:appeared|published)"
            r"\b.{2,60}",
        ),
        ("copyright", r"copyright (?:©|\(c\)|ⓒ|(?:19|20)\d\d\b).{2,110}"),
        ("copyright", r"copyright [©ⓒ(]?.{0,40}all rights reserved"),
        ("personal", r"this copy is for your personal,? non-?commercial use only\b.*"),
        (
            "commission",
            r"(?:[^.]{0,100}[.] )?(?:if you buy|when you buy|buying through us)\b.{0,80}\bcommission"
            r"\b.{0,60}",
        ),
        (
            "commission",
            r"(?:we|[\w ]{2,30}) (?:may|might|could) (?:earn|receive|get) an? (?:affiliate )?commission"
            r"\b.{0,80}",
        ),
        ("standards", r"our standards: .{2,60}"),
        ("chars", r"\[?\s*\+\d+ chars\]?"),
        (
            "comment|comments|share|shares|view|views|min|mins|minute|minutes",
            r"\d+ (?:comments?|shares?|views?|min(?:ute)?s? "
            r"read)",
        ),
        ("breaking", r"(?:this is a breaking (?:news? )?(?:new )?story)\b.{0,60}"),
        ("error", r"an error has occurred.{0,40}"),
        ("error", r"there was an error processing your subscription"),
        ("editing", r"reporting by [^.]{3,120}(?:editing|writing) by [^.]{3,80}"),
        ("writing", r"reporting by [^.]{3,120}writing by [^.]{3,80}"),
        ("editing", r"editing by [^.]{3,80}"),
        ("reporting", r"(?:additional )?reporting by [^.\"“”]{3,80}"),
        ("contributed", r"[^\"“”]{3,250}\bcontributed to this (?:report|story|article|piece)"),
        ("updated", r"(?:this (?:story|article|post) (?:has been|was) )?updated (?:at|on) [^.]{0,20}\d[^\"“”]{0,25}"),
        ("subscription", r"(?:manage|upgrade|renew) your subscription\b.{0,60}"),
        ("browser", r"your browser does not support\b.{0,60}"),
    ),
    "de": (
        (
            "newsletter",
            r"melden sie sich (?:jetzt |hier |kostenlos )?(?:für|zu) (?:unserem|unseren|den|dem) newsletter "
            r"an",
        ),
        (
            "newsletter",
            r"(?:jetzt |hier )?(?:den |unseren |zum )?newsletter\b[^.]{0,60}(?:anmelden|abonnieren|"
            r"bestellen)",
        ),
        ("newsletter", r"abonnier(?:e|en sie)\b[^.\"„“]{0,60}\b(?:newsletter|kanal|whatsapp)\b[^\"„“]{0,60}"),
        ("cookies", r"(?:diese|unsere) (?:website|webseite|seite) (?:verwendet|nutzt) cookies\b.*"),
        ("e-mail-adresse", r"deine e-mail-adresse wird nicht veröffentlicht\b.*"),
        ("erforderliche", r"erforderliche felder sind\b.*"),
        ("mit", r"mit (?:material von )?(?:dpa|afp|reuters|apa)(?:[/, ]+(?:dpa|afp|reuters|apa|und))*"),
        ("von", r"von (?:material von )?(?:dpa|afp|reuters|apa)(?:[/, ]+(?:dpa|afp|reuters|apa|und))*"),
        ("stelle", r"an dieser stelle (?:finden sie|befindet sich|steht)\b.{0,60}\binhalt\b.*"),
        (
            "einverstanden",
            r"ich bin (?:damit )?einverstanden, dass (?:mir )?(?:der |dieser )?(?:externen?r? )?inhalte?"
            r"\b.*",
        ),
        ("personenbezogene", r"(?:damit|dabei) können personenbezogene daten\b.*"),
        (
            "externe|externen",
            r"(?:um )?(?:externe|externen) inhalte?\b.{0,40}\b(?:anzeigen|laden|aktivieren|erlauben)"
            r"\b.{0,40}",
        ),
        ("zuerst", r"dieser (?:artikel|text|beitrag) (?:ist|erschien|wurde) (?:zuerst|zunächst)\b.{2,80}"),
        ("erschien", r"dieser (?:artikel|text|beitrag) erschien (?:zuerst|zunächst|ursprünglich)\b.{2,80}"),
        ("feedback", r"(?:[^.]{0,60}\. )?senden sie uns (?:ihr )?feedback\b.*"),
        ("gefallen", r"hat ihnen (?:dieser|der) (?:artikel|beitrag|text) gefallen\?.*"),
        ("redaktion", r".{0,120}\bnicht (?:unbedingt )?(?:der|die) meinung der redaktion\b.{0,40}"),
        ("klicken", r"(?:für weitere informationen )?klicken sie (?:bitte )?hier\b.{0,60}"),
        (
            "folge|folgen|folgst",
            r"folg(?:e|en sie|st du)\b.{0,60}\b(?:whatsapp|instagram|facebook|google news|telegram|x)"
            r"\b.{0,40}",
        ),
        ("themen", r"mehr themen auf .{2,30}"),
        ("mehr", r"mehr zu(?:m thema)? [^.,!?]{2,40}"),
        ("provision", r".{0,100}\b(?:erhalten|bekommen|bekommt) wir\b.{0,60}\bprovision\b.{0,80}"),
        ("lesezeit|min|minuten", r"(?:lesezeit:? )?\d+ min(?:uten?|\.)?(?: lesezeit)?"),
    ),
    "fr": (
        (
            "inscrivez|abonnez",
            r"(?:inscrivez|abonnez)-vous (?:à|gratuitement|pour)\b[^.]{0,60}(?:newsletters?|lettres?|e-?mail)"
            r"\b[^.]{0,30}",
        ),
        ("cookies", r"(?:ce site|nous) utilis(?:e|ons) des cookies\b.*"),
        ("publiée", r"votre adresse e-?mail ne sera pas publiée\b.*"),
        ("obligatoires", r"les champs obligatoires\b.*"),
        ("abonnés", r"(?:cet )?article (?:est )?réservé aux abonnés\b.{0,60}"),
        ("reste", r"il vous reste \d+\s?% de cet article à lire\b.*"),
        ("lecture", r"temps de lecture\b.{0,20}"),
        ("suivez|suivez-nous", r"suivez(?:-nous| toute l'actualité)\b.{0,80}"),
        ("avec", r"\(?avec (?:afp|reuters|ap)(?:,? (?:et )?(?:afp|reuters|ap))*\)?"),
    ),
    "es": (
        (
            "suscríbete|suscríbase",
            r"(?:suscríbete|suscríbase) (?:a|para)\b[^.]{0,60}(?:boletín|newsletter|correo)\b[^.]{0,30}",
        ),
        ("apúntate", r"apúntate (?:a|para)\b[^.]{0,60}(?:boletín|newsletter|correo)\b[^.]{0,30}"),
        ("cookies", r"(?:este sitio|utilizamos|usamos)\b.{0,20}\bcookies\b.*"),
        ("correo", r"tu dirección de correo electrónico no será publicada\b.*"),
        ("obligatorios", r"los campos obligatorios\b.*"),
        ("suscripción", r"tu suscripción se está usando en otro dispositivo\b.*"),
        (
            "suscriptores",
            r"(?:contenido|artículo|esta noticia|este artículo)\b.{0,20}\b(?:solo|sólo|exclusiv\w+) para "
            r"suscriptores",
        ),
        ("síguenos", r"síguenos en\b.{0,60}"),
        ("whatsapp", r"(?:únete|sigue|suscríbete)\b.{0,40}\bcanal de (?:whatsapp|telegram)\b.{0,60}"),
    ),
    "it": (
        ("newsletter", r"(?:iscriviti|abbonati|registrati)\b[^.\"“”]{0,50}\bnewsletter\b[^.\"“”]{0,50}"),
        ("cookie", r"(?:questo sito|utilizziamo)\b.{0,20}\bcookie\b.*"),
        ("indirizzo", r"il tuo indirizzo e-?mail non sarà pubblicato\b.*"),
        ("riproduzione", r"(?:©\s?)?riproduzione riservata\b.{0,30}"),
        ("riservato", r"(?:questo )?(?:articolo|contenuto) (?:è )?riservato agli abbonati\b.{0,60}"),
        ("seguici", r"seguici (?:su|anche)\b.{0,60}"),
    ),
    "pt": (
        (
            "newsletter|newsletters",
            r"(?:assine|inscreva-se|cadastre-se|receba|subscreva)\b[^.\"“”]{0,50}\bnewsletters?"
            r"\b[^.\"“”]{0,50}",
        ),
        ("endereço", r"o seu endereço de e-?mail não será publicado\b.*"),
        ("obrigatórios", r"(?:os )?campos obrigatórios\b.*"),
        ("assinantes", r"(?:conteúdo|artigo|matéria) exclusiv[oa] para assinantes\b.{0,60}"),
        ("siga", r"siga\b.{0,40}\b(?:instagram|whatsapp|facebook|google|telegram)\b.{0,40}"),
        ("publicado", r"(?:.{0,20}\d{4}.{0,8})?publicado por:? [^.\"“”]{2,90}"),
        ("direitos", r".{0,60}todos os direitos reservados\b.{0,20}"),
    ),
    "nl": (
        (
            "nieuwsbrief",
            r"(?:schrijf je in|abonneer je|meld je aan|ontvang)\b[^.\"“”]{0,60}\bnieuwsbrief"
            r"\b[^.\"“”]{0,50}",
        ),
        ("mailadres", r"je e-mailadres (?:wordt|zal) niet\b.*"),
        ("abonnees", r"(?:dit )?artikel (?:is )?(?:alleen|exclusief) voor abonnees\b.{0,40}"),
        ("cookies", r"(?:deze (?:site|website)|wij|we) gebruik\w* cookies\b.*"),
    ),
    "sv": (
        ("nyhetsbrev", r"(?:prenumerera|anmäl dig|få)\b[^.\"“”]{0,60}\bnyhetsbrev\b[^.\"“”]{0,50}"),
        ("prenumeranter", r"(?:artikeln|innehållet)\b.{0,20}\b(?:för|låst).{0,20}prenumeranter\b.{0,30}"),
        ("cookies", r"(?:vi|den här (?:sidan|webbplatsen)) använder cookies\b.*"),
    ),
    "no": (
        ("nyhetsbrev|nyhetsbrevet", r"(?:abonner|meld deg|få)\b[^.\"“”]{0,60}\bnyhetsbrev\w*\b[^.\"“”]{0,50}"),
        ("abonnenter", r"(?:denne )?(?:saken|artikkelen)\b.{0,20}\b(?:for|forbeholdt).{0,10}abonnenter\b.{0,30}"),
    ),
    "da": (
        (
            "nyhedsbrev|nyhedsbreve|nyhedsbrevet",
            r"(?:tilmeld|abonner|få)\b[^.\"“”]{0,60}\bnyhedsbrev\w*"
            r"\b[^.\"“”]{0,50}",
        ),
        ("abonnenter", r"(?:denne )?artikel\w*\b.{0,20}\b(?:for|forbeholdt).{0,10}abonnenter\b.{0,30}"),
    ),
    "fi": (
        ("uutiskirje|uutiskirjeen|uutiskirjeemme", r"tilaa\b[^.\"”]{0,50}\buutiskirje\w*\b[^.\"”]{0,40}"),
        ("tilaajille", r"(?:tämä )?(?:juttu|artikkeli|sisältö)\b.{0,15}\bvain tilaajille\b.{0,30}"),
    ),
    "pl": (
        (
            "newsletter|newslettera|newsletterze",
            r"(?:zapisz się|zasubskrybuj|dołącz)\b[^.\"”]{0,50}\bnewsletter\w*"
            r"\b[^.\"”]{0,40}",
        ),
        (
            "prenumeratorów",
            r"(?:artykuł|treść|materiał) (?:dostępn[ya] )?(?:tylko|wyłącznie)? ?dla prenumeratorów"
            r"\b.{0,30}",
        ),
        ("google", r"obserwuj nas\b.{0,20}\bgoogle\b.{0,20}"),
        ("zastrzeżone", r".{0,40}wszelkie prawa zastrzeżone\b.{0,20}"),
    ),
    "cs": (
        ("newsletter|newsletteru", r"(?:přihlaste se|odebírejte)\b[^.\"”]{0,50}\bnewsletter\w*\b[^.\"”]{0,40}"),
        ("předplatitele", r"(?:tento )?(?:článek|obsah)\b.{0,10}\bpro předplatitele\b.{0,30}"),
    ),
    "tr": (
        ("ol|olun", r"(?:e-?bülten|bülten)\w*\b[^.]{0,40}(?:abone|kayıt|üye) ol\w*(?:,[^.]{0,60})?"),
        ("site|sitesi|sitemiz", r"(?:bu|web) site\w*\b.{0,30}\bçerez\w*\b.*"),
        ("yayımlanmayacak", r"e-?posta (?:adresiniz|hesabınız) yayımlanmayacak\b.*"),
        ("gerekli", r"gerekli alanlar\b.*"),
        ("abonelik", r"(?:[^.]{0,160}\. ?)?abonelik (?:için|icin) lütfen\b.{0,60}"),
        ("saklıdır", r".{0,60}(?:her|tüm) hakkı saklıdır\b.{0,20}"),
    ),
    "uk": (
        (
            "підпишіться|підписуйтесь|підпишись",
            r"підпи(?:шіться|суйтесь|шись)\b[^.]{0,60}(?:розсилк\w+|телеграм\w*|telegram|канал\w*|новини)\b[^.]{0,30}",
        ),
        ("сайт", r"(?:цей|наш) сайт використовує\b.{0,20}\b(?:cookie|файли)\w*.*"),
        ("адреса", r"ваша e-?mail адреса не оприлюднюватиметься\b.*"),
        ("поля", r"обов.язкові поля\b.*"),
        ("ctrl", r".{0,80}\bctrl\s?\+\s?enter\b.{0,20}"),
        ("права", r".{0,60}(?:усі|всі) права захищен[оі]\b.{0,20}"),
    ),
    "ru": (
        (
            "подпишитесь|подписывайтесь",
            r"подпи(?:шитесь|сывайтесь)\b[^.]{0,60}(?:рассылк\w+|телеграм\w*|telegram|канал\w*)"
            r"\b[^.]{0,30}",
        ),
        ("адрес", r"ваш адрес email не будет опубликован\b.*"),
        ("ctrl", r".{0,80}\bctrl\s?\+\s?enter\b.{0,20}"),
        ("права", r".{0,60}все права защищены\b.{0,20}"),
    ),
    "el": (
        ("newsletter", r"(?:εγγραφείτε|εγγραφή)\b[^.]{0,40}\bnewsletter\b[^.]{0,40}"),
        ("google", r"(?:ακολουθήστε|ακολούθησε)\b.{0,40}\bgoogle news\b.{0,60}"),
    ),
    "ar": (
        ("النشرة", r"(?:اشترك|سجل)\b.{0,20}النشرة\b.{0,40}"),
        ("جميع", r".{0,40}جميع الحقوق محفوظة.{0,40}"),
    ),
    "he": (("הזכויות", r".{0,40}כל הזכויות שמורות.{0,30}"),),
    "ja": (
        ("有料", r".{0,20}(?:有料会員|有料記事|会員限定)(?:に|の|で|が|は|を|読み|です).{0,70}"),
        ("残り", r"(?:この記事は|この続きは)?.{0,20}残り:?：?\s?約?[\d,，]+文字.{0,30}"),
        ("無断", r".{0,40}無断(?:転載|転用|複製).{0,40}"),
        ("登録", r".{0,30}(?:メルマガ|メールマガジン|ニュースレター).{0,20}(?:登録|購読).{0,20}"),
        ("ログイン", r".{0,30}ログイン(?:して|すると|が必要).{0,40}"),
        ("を読もう", r".{2,25}を読もう"),
    ),
    "ko": (
        ("전재", r".{0,60}무단\s?전재.{0,30}"),
        ("저작권자", r".{0,5}저작권자.{0,60}"),
        ("구독", r".{0,40}(?:구독하세요|구독해\s?주세요|구독하기).{0,20}"),
        ("기사입력", r"기사\s?입력.{0,40}"),
        ("기자", r"[가-힣]{2,4}\s?(?:선임)?기자\s*\(?[\w.+-]*@?[\w.-]*\)?"),
        ("제보", r".{0,20}제보.{0,40}(?:카카오톡|이메일|전화|@).{0,40}"),
    ),
    "zh": (
        ("编辑", r"[（(\[【]?(?:责任|本文|执行)?编辑[:：]\s?.{1,20}"),
        ("編輯", r"[（(\[【]?(?:責任|本文|執行)?編輯[:：]\s?.{1,20}"),
        ("转载", r".{0,60}(?:不得|禁止|谢绝|未经).{0,15}转载.{0,30}"),
        ("轉載", r".{0,60}(?:不得|禁止|請勿|未經).{0,15}轉載.{0,30}"),
        ("关注", r".{0,20}(?:扫描|扫码|微信搜索).{0,30}关注.{0,20}"),
        ("訂閱", r".{0,20}(?:立即|點擊|免費)訂閱.{0,20}"),
    ),
}  # fmt: skip

EAST_ASIAN = ("ja", "ko", "zh")

# What a list of other articles is headed by. Where only such a list follows to the end, it ends the article.
CLOSING = {
    "en": "related (?:articles|stories|news|content|posts|topics|links)|more from .{2,40}|more stories|more on this.*|"
    "you (?:may|might) also like|recommended(?: for you| reading| videos)?|most read|editor's picks|read next|"
    "also (?:on|in) .{2,30}|trending|in other news|more like this",
    "de": "mehr zum thema|mehr themen auf .{2,30}|das könnte (?:sie|dich) auch interessieren|"
    "weitere (?:artikel|themen)|lesen sie auch|auch interessant|meistgelesen",
    "fr": "sur le même sujet|articles liés|à lire aussi|dans la même rubrique|nos derniers articles|les plus lus",
    "es": "noticias relacionadas|te puede interesar|más noticias|lo más leído|más sobre este tema",
    "it": "leggi anche|articoli correlati|notizie correlate|potrebbe interessarti|i più letti",
    "pt": "leia também|notícias relacionadas|veja também|mais lidas",
    "nl": "lees ook|gerelateerde artikelen|meer over dit onderwerp|meest gelezen",
    "sv": "läs också|relaterade artiklar|mer om ämnet|mest läst",
    "no": "les også|relaterte saker|mest lest",
    "da": "læs også|relaterede artikler|mest læste",
    "fi": "lue myös|aiheesta lisää|luetuimmat",
    "pl": "czytaj także|zobacz też|powiązane artykuły|najczęściej czytane",
    "cs": "čtěte také|související články|nejčtenější",
    "tr": "ilgili haberler|bunlar da ilginizi çekebilir|en çok okunanlar|diğer haberler",
    "uk": "читайте також|новини за темою|матеріали за темою|популярне",
    "ru": "читайте также|материалы по теме|новости по теме|по теме|популярное",
    "el": "διαβάστε επίσης|διαβάστε ακόμη|σχετικά άρθρα|σχετικές ειδήσεις",
    "ar": "اقرأ أيضا|اقرأ أيضاً|أخبار ذات صلة|مواضيع ذات صلة|مقالات ذات صلة",
    "he": "קראו גם|כתבות נוספות|כתבות קשורות|אולי יעניין אותך",
    "ja": "関連記事|関連ニュース|関連リンク|関連トピックス|関連キーワード|あわせて読みたい|おすすめの?記事|"
    "アクセスランキング|人気記事",
    "ko": "관련\\s?기사|관련\\s?뉴스|추천\\s?기사|많이 본 (?:기사|뉴스)|.{0,20}주요\\s?뉴스",
    "zh": "相关阅读|相關閱讀|相关新闻|相關新聞|相关文章|相關文章|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|热门文章|"
    "熱門文章|猜你喜欢",
}  # fmt: skip

# A picture's credit that names nothing but its agency.
PHOTO_CUES = ("photo", "getty", "epa", "imago", "alliance", "shutterstock")
PHOTO_AGENCY = (
    r"(?:[\w.' -]{2,40}[/|] ?)?"
    r"(?:ap photo|afp photo|getty images|reuters photo|epa|imago|picture alliance|shutterstock)"
    r"(?: ?[/|,] ?[\w.' -]{2,40}){0,2}"
)
