"""Small words on which a statement hangs: who said it, whether it is denied, hedged, or still to come.

A word that ends in * stands for all that begin so, a_b are two words in a row. From general knowledge.
"""

REPORTS = """
en said says say saying told tells announced announces confirmed confirms reported admitted stated added warned
 denied denies
 insisted argued wrote declared explained claimed claims according testified ruled
de sagte sagten sagt teilte teilten erklarte erklarten erklart bestatigte bestatigten kundigte kundigten berichtete
 berichteten meldete hiess gab gaben
 betonte raumte zufolge laut mitteilte mitgeteilt angaben
fr dit declare annonce indique affirme precise explique confirme ajoute selon rapporte assure reconnu
es dijo dijeron dice anuncio anunciaron informo informaron confirmo confirmaron declaro afirmo aseguro asegura
 explico segun anadio reconocio senalo
it detto dichiarato annunciato riferito confermato affermato spiegato secondo aggiunto comunicato ammesso
pt disse disseram diz anunciou anunciaram informou informaram confirmou declarou afirmou segundo explicou
 acrescentou admitiu
nl zei zeiden zegt meldde melden meldt verklaarde bevestigde deelde liet volgens kondigde gezegd
tr dedi soyledi acikladi duyurdu bildirdi belirtti ifade_etti dogruladi gore aktardi
uk сказав сказала заявив заявила повідомив повідомила повідомили повідомляє оголосив оголосила підтвердив
 підтвердила підтвердили розповів додав за_словами зазначив
ru сказал сказала заявил заявила заявили сообщил сообщила сообщили сообщает объявил объявила подтвердил подтвердила
 подтвердили рассказал добавил по_словам отметил
pl powiedzial powiedziala poinformowal* oswiadczyl* oglosil* potwierdzil* przekazal* podal* dodal* wedlug
 zapowiedzial*
"""

TO_COME = """
en will ll shall begins starts opens meets ends closes resumes expires reopens returns kicks_off takes_place
 launches lands decides scheduled planned plans expected due set_to set_for going_to is_to are_to hopes intends
 wants upcoming forthcoming
de wird werden soll beginnt startet endet tagt trifft offnet findet entscheidet sollen will wollen geplant vorgesehen
fr va vont doit commence debute s'ouvre ouvre reprend doivent devrait devraient prevu prevue prevus
es va van debe comienza empieza inicia abre termina prevé previsto prevista
it verra verranno inizia comincia apre si_terra si_apre dovrebbe previsto prevista
pt vai vao comeca inicia abre termina deve devem previsto prevista
nl gaat gaan zal zullen begint start opent eindigt vindt wordt worden gepland moet moeten wil
tr planlan* basliyor aciliyor bekleni*
uk буде будуть має починається стартує мають планує планують заплан* відбудеться відбудуться пройдуть почнуться
 пройде почнеться стартує відкриється
ru будет будут начинается открывается должен должна должно должны планирует планируют заплан* состоится состоятся
 пройдут начнутся пройдет начнется стартует откроется намерен*
pl bedzie beda rozpoczyna zostanie zostana zaczyna ma maja planowan* zaplanowan* odbedzie rozpocznie zacznie ruszy
"""

NOT = """
en not no never cannot nobody none neither nor without hasnt havent isnt wasnt werent arent wont wouldnt didnt
 doesnt dont hadnt cant
 couldnt refus* declin*
de nicht kein* nie niemals weder ohne niemand
fr pas jamais aucun aucune sans ni personne refus*
es no nunca jamas ningun* sin tampoco nadie
it non mai nessun* senza neppure
pt nao nunca nenhum* sem ninguem jamais
nl niet geen nooit zonder niemand
tr degil yok hic asla
uk не ні немає без жодн* ніхто ніколи
ru не нет без ни никто никогда
pl nie bez zaden zadn* nikt nigdy
"""

DENIES = """
en denied deny denies denying denial* dismissed dismisses dismiss refuted refutes rejected_claims rejected_reports
 false untrue ruled_out rules_out
de dementier* bestreit* bestritt* bestritten zuruckgewiesen falschmeldung widersprach
fr dement dementi* nie nient refute exclu
es desmiente* desminti* niega* nego negaron descart*
it smenti* nega negato negano esclu*
pt desment* nega negou negaram descart*
nl ontken* tegengesproken
tr yalanla* reddetti asilsiz
uk запереч* спросту*
ru опроверг* отриц* отверг*
pl zaprzecz* zdement*
"""

HEDGES = """
en may might could possibly reportedly allegedly probably likely expected apparently perhaps considering considers
 reports rumours rumors
de konnte konnten wohl vermutlich offenbar moglicherweise angeblich mutmasslich wahrscheinlich
fr pourrait pourraient aurait auraient serait seraient probablement peut-etre
es podria* posiblemente presunt* habria* probablemente quiza* supuest*
it potrebbe* forse sarebbe* avrebbe* probabilmente presunt*
pt poderia* pode podem talvez teria* provavelmente suposta*
nl mogelijk kan zou zouden vermoedelijk waarschijnlijk misschien
tr olabilir belki muhtemelen iddia*
uk може можуть можливо ймовірно нібито
ru может могут возможно вероятно якобы
pl moze moga prawdopodobnie podobno rzekomo byc_moze
"""

UNCLEAR = """
en unclear uncertain undecided unsure doubt doubts
de unklar ungewiss unentschieden
fr incertain* indecis*
es incierto incierta indecis*
it incerto incerta indecis*
pt incerto incerta indecis*
nl onduidelijk onzeker
tr belirsiz* kararsiz*
uk невідомо незрозуміло неясно
ru неизвестно неясно
pl niejasn* niewiadomo niepewn*
"""

CONDITIONS = """
en if unless whether when once should calls called_for demand* urg* ask* want* wants
de wenn falls ob sobald forder*
fr si quand lorsque demand* reclam*
es si cuando pide* piden exig* reclam*
it se quando chied* chiest*
pt se quando pede* pedem exig*
nl als indien of wanneer eis*
tr eger ise
uk якщо чи коли вимага*
ru если ли когда требу* призва*
pl jesli jezeli czy gdy zada* wezwa*
"""
